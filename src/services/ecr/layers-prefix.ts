/** What the path of a layer's signed URL begins with: where GetDownloadUrlForLayer points and the server listens. */
export const layersPrefix = '/berth/layers/'
