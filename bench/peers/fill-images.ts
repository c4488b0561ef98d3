import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fillBerth } from './fill-berth.ts'

/** Every so many images is an index of the one before it. */
const imagesPerIndex = 10

/**
 * Writes so many images into one repository of an empty data folder, one a minute up to now, by SQL, since as many pushes take
 * hours: half of them have a tag, and every tenth is an index that lists its neighbour.
 */
export async function fillImages(folder: string, name: string, images: number): Promise<void> {
  await fillBerth(folder, name, [])
  const database = new DatabaseSync(join(folder, 'metadata.db'), { enableForeignKeyConstraints: false })
  const minute = 60_000
  database.exec(`
    begin;
    insert into images (id, repository_id, digest, media_type, manifest_bytes, size_in_bytes, pushed_at, tagged, listed, content)
      with recursive counted (number) as (
        select 1 union all select number + 1 from counted where number < ${images}
      ) select number, repositories.id, 'sha256:' || lower(hex(randomblob(32))),
        'application/vnd.oci.image.manifest.v1+json', 1024, 100000000,
        ${Date.now()} - ${minute} * (${images} - number), number % 2, (number + 1) % ${imagesPerIndex} = 0, zeroblob(1024)
      from repositories, counted;
    insert into tags (repository_id, name, image_id, tagged_at)
      select repository_id, 'v' || id, id, pushed_at from images where tagged = 1;
    insert into image_children (image_id, repository_id, child_digest)
      select listing.id, listing.repository_id, listed.digest from images as listing
      join images as listed on listed.id = listing.id - 1 where listing.id % ${imagesPerIndex} = 0;
    update repositories set image_count = ${images};
    commit;
  `)
  database.close()
}
