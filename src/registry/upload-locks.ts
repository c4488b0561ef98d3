/** CONTRACT. One upload is touched by one request at a time; the others wait in line. */
export declare class UploadLocks {
  run<Result>(uploadId: string, work: () => Promise<Result>): Promise<Result>
}
