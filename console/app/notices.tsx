import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'

interface Notices {
  readonly tell: (text: string) => void
  readonly items: readonly FlashbarProps.MessageDefinition[]
}

const NoticesContext = createContext<Notices>({ tell: () => {}, items: [] })

/** A way to tell that something is done. */
export function useNotices(): Notices {
  return useContext(NoticesContext)
}

/** Keeps the latest notices until they are put away. */
export function NoticesProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [texts, setTexts] = useState<readonly { readonly id: string; readonly text: string }[]>([])
  const notices = useMemo<Notices>(() => {
    const dismiss = (id: string) => setTexts((before) => before.filter((one) => one.id !== id))
    return {
      tell: (text) => setTexts((before) => [{ id: `${text} ${before.length}`, text }, ...before.slice(0, 2)]),
      items: texts.map(({ id, text }) => ({
        id,
        type: 'success',
        content: text,
        dismissible: true,
        dismissLabel: 'Dismiss',
        onDismiss: () => dismiss(id),
      })),
    }
  }, [texts])
  return <NoticesContext value={notices}>{children}</NoticesContext>
}

/** The notices, on top of each page. */
export function NoticeBar(): ReactNode {
  return <Flashbar items={[...useNotices().items]} />
}
