import { Disk } from '../file/disk.ts'

/** A disk that keeps nothing. */
export class BrokenDisk extends Disk {
  override sync(): Promise<void> {
    return super.sync({ datasync: () => Promise.reject(new Error('EIO')) })
  }

  override syncEarly(): Promise<void> | undefined {
    return super.syncEarly({ datasync: () => Promise.reject(new Error('EIO')) })
  }
}
