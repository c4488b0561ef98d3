import type { Row } from '../row.ts'
import { blobGet } from './blob-get.ts'
import { crowd } from './crowd.ts'
import { describeImages } from './describe-images.ts'
import { events } from './events.ts'
import { garbage } from './garbage.ts'
import { imageFilters } from './image-filters.ts'
import { lifecycle } from './lifecycle.ts'
import { manifestCost } from './manifest-cost.ts'
import { manifestGet } from './manifest-get.ts'
import { policies } from './policies.ts'
import { push } from './push.ts'
import { push16 } from './push-16.ts'
import { rescan } from './rescan.ts'
import { scanLayer } from './scan-layer.ts'
import { start } from './start.ts'
import { tagList } from './tag-list.ts'

/** Every row, in the order of the table. */
export const allRows: readonly Row[] = [
  manifestGet,
  manifestCost,
  policies,
  blobGet,
  push,
  push16,
  crowd,
  describeImages,
  imageFilters,
  tagList,
  start,
  garbage,
  lifecycle,
  scanLayer,
  rescan,
  events,
]
