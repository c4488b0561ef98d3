/** How the access log is written: not at all, as JSON, or in the "combined" format that web servers share. */
export const accessLogFormats = ['off', 'json', 'combined'] as const

export type AccessLogFormat = (typeof accessLogFormats)[number]
