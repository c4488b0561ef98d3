import { z } from 'zod'
import { imageSettings } from './settings/images.ts'
import { limitSettings } from './settings/limits.ts'
import { listeningSettings } from './settings/listening.ts'
import { neighbourSettings } from './settings/neighbours.ts'
import { observationSettings } from './settings/observation.ts'
import { possessionSettings } from './settings/possession.ts'
import { taskSettings } from './settings/tasks.ts'

/**
 * Every setting: how a value is checked and what it means. A setting `dataDir` is the flag `--data-dir`, the variable
 * `BERTH_DATA_DIR` and the key `data-dir` of the configuration file. Help texts and docs/configuration.md are made from here,
 * in this order.
 */
export const settings = z.object({
  ...listeningSettings,
  ...possessionSettings,
  ...taskSettings,
  ...imageSettings,
  ...observationSettings,
  ...neighbourSettings,
  ...limitSettings,
})

export type SettingKey = keyof typeof settings.shape
