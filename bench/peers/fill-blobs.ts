import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fillBerth } from './fill-berth.ts'

/** Blobs of one image. */
const layersPerImage = 10

/**
 * Writes rows of so many blobs, ten to an image, into an empty data folder: what as many pushes a year ago would leave, but for
 * the bytes. Of every tenth image nothing is left but its blobs, which nothing needs any more. Berth's own store makes the
 * tables; a million rows go in by SQL, since that takes seconds and not minutes.
 */
export async function fillBlobs(folder: string, name: string, blobs: number): Promise<void> {
  await fillBerth(folder, name, [])
  const database = new DatabaseSync(join(folder, 'metadata.db'), { enableForeignKeyConstraints: false })
  const yearAgo = Date.now() - 365 * 24 * 60 * 60 * 1000
  database.exec(`
    create temp table layers (number integer primary key, digest text);
    insert into layers with recursive counted (number) as (
      select 0 union all select number + 1 from counted where number + 1 < ${blobs}
    ) select number, 'sha256:' || lower(hex(randomblob(32))) from counted;
    begin;
    insert into blobs (digest, size, created_at, needed_at)
      select digest, 10000000, ${yearAgo}, ${yearAgo} from layers order by digest;
    insert into blob_links (repository_id, digest, created_at, needed_at)
      select repositories.id, digest, ${yearAgo}, ${yearAgo} from repositories, layers order by digest;
    insert into images (id, repository_id, digest, media_type, manifest_bytes, size_in_bytes, pushed_at, content)
      select 1 + number / ${layersPerImage}, repositories.id, 'sha256:' || lower(hex(randomblob(32))),
        'application/vnd.oci.image.manifest.v1+json', 1024, 100000000, ${yearAgo}, zeroblob(1024)
      from repositories, layers where number % ${layersPerImage} = 0 and number / ${layersPerImage} % 10 > 0;
    insert into image_blobs (image_id, repository_id, blob_digest)
      select images.id, repository_id, layers.digest from layers join images on images.id = 1 + number / ${layersPerImage};
    update repositories set image_count = (select count(*) from images);
    commit;
  `)
  database.close()
}
