import { useCollection } from '@cloudscape-design/collection-hooks'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import type { ReactNode } from 'react'
import type { Pages } from '../api/use-pages.ts'
import { Empty } from './empty.tsx'
import { Failure } from './failure.tsx'

export interface Column<Item> {
  readonly id: string
  readonly header: string
  readonly cell: (item: Item) => ReactNode
  /** What the column is sorted by; it can't be sorted without. */
  readonly sortBy?: (item: Item) => string | number | undefined
  readonly width?: number
  readonly minWidth?: number
  /** Its cells open the item, where the table has `onOpen`. */
  readonly opens?: boolean
}

const rowsOnPage = 50
/** Pixels; what is longer is cut, so that the columns behind it stay in sight. */
const widest = 480

/** A list of one kind of thing, to be filtered and sorted, with what can be done to those selected. */
export function ResourceTable<Item>(props: {
  readonly title: string
  readonly description?: ReactNode
  readonly pages: Pages<Item>
  readonly columns: readonly Column<Item>[]
  readonly idOf: (item: Item) => string
  /** What the filter looks for its text in; there is no filter without. */
  readonly textOf?: (item: Item) => string
  readonly empty: ReactNode
  readonly variant?: 'full-page' | 'container'
  readonly selection?: 'single' | 'multi'
  readonly filters?: ReactNode
  readonly onOpen?: (item: Item) => void
  readonly actions?: (selected: readonly Item[]) => ReactNode
}): ReactNode {
  const { pages, columns, idOf, textOf, variant = 'container' } = props
  const { items, filterProps, collectionProps, paginationProps, filteredItemsCount, actions } = useCollection(
    pages.items,
    {
      filtering: {
        filteringFunction: (item, text) => contains(textOf?.(item) ?? '', text),
        empty: props.empty,
        noMatch: <NoMatch pages={pages} />,
      },
      sorting: {},
      pagination: { pageSize: rowsOnPage },
      selection: { keepSelection: true, trackBy: idOf },
    },
  )
  const selected = collectionProps.selectedItems ?? []
  const counter = `(${pages.items.length}${pages.hasMore ? '+' : ''})`
  return (
    <SpaceBetween size="s">
      <Failure error={pages.error} retry={pages.refresh} />
      <Table
        {...collectionProps}
        items={items}
        variant={variant}
        trackBy={idOf}
        columnDefinitions={columns.map((column) => definition(column, props.onOpen))}
        loading={pages.isLoading}
        loadingText={`Loading ${props.title.toLowerCase()}`}
        selectionType={props.selection}
        stickyHeader={variant === 'full-page'}
        ariaLabels={{
          tableLabel: props.title,
          selectionGroupLabel: 'Selected rows',
          allItemsSelectionLabel: () => 'Select all',
          itemSelectionLabel: (_, item) => `Select ${idOf(item)}`,
        }}
        wrapLines={false}
        header={
          <Header
            variant={variant === 'full-page' ? 'awsui-h1-sticky' : 'h2'}
            counter={counter}
            description={props.description}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="refresh"
                  ariaLabel="Refresh"
                  loading={pages.isRefreshing && !pages.isLoading}
                  onClick={pages.refresh}
                />
                {props.actions?.(selected)}
              </SpaceBetween>
            }
          >
            {props.title}
          </Header>
        }
        filter={
          textOf && (
            <SpaceBetween direction="horizontal" size="xs">
              <TextFilter
                {...filterProps}
                filteringPlaceholder={`Find ${props.title.toLowerCase()}`}
                filteringAriaLabel={`Find ${props.title.toLowerCase()}`}
                countText={filterProps.filteringText ? `${filteredItemsCount} found` : ''}
              />
              {props.filters}
            </SpaceBetween>
          )
        }
        pagination={pages.items.length > rowsOnPage && <Pagination {...paginationProps} />}
        footer={
          pages.hasMore && (
            <Button variant="inline-link" onClick={pages.more} onFollow={() => actions.setCurrentPage(1)}>
              Load more
            </Button>
          )
        }
      />
    </SpaceBetween>
  )
}

/** A filter knows what has come so far, and has to say so while there is more. */
function NoMatch({ pages }: { readonly pages: Pages<unknown> }): ReactNode {
  if (!pages.hasMore) return <Empty title="Nothing matches" next="Another word, or a part of it?" />
  const next = (
    <>
      There is more than has been loaded.{' '}
      <Button variant="inline-link" onClick={pages.more}>
        Load more
      </Button>
    </>
  )
  return <Empty title={`Nothing matches among the first ${pages.items.length}`} next={next} />
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase())
}

function definition<Item>(
  { id, header, cell, sortBy, width, minWidth, opens }: Column<Item>,
  open: ((item: Item) => void) | undefined,
): TableProps.ColumnDefinition<Item> {
  const compare = (one: Item, other: Item) => order(sortBy?.(one), sortBy?.(other))
  const opening = (item: Item) => (
    <Button variant="inline-link" onClick={() => open?.(item)}>
      {cell(item)}
    </Button>
  )
  const shown = opens && open !== undefined ? opening : cell
  const widths = { width, minWidth, maxWidth: widest }
  return { id, header, cell: shown, ...widths, ...(sortBy && { sortingComparator: compare }) }
}

function order(one: string | number | undefined, other: string | number | undefined): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return String(one ?? '').localeCompare(String(other ?? ''))
}
