/** Milliseconds since 1970-01-01 UTC. */
export type EpochMillis = number
/** SQLite has no booleans; 0 and 1 mean the same on every database. */
export type Flag = number
/** 0 ACTIVE, 1 ARCHIVED, 2 ACTIVATING. */
export type StorageCode = number
