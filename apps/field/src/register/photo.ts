/** Largest photo that a phone keeps and sends, bytes. */
const LARGEST = 200 * 1024
const LONGEST_SIDE = 1_600

/** A photo as JPEG of at most 200 KB, without the place and device that cameras write into it: smaller by quality first, then by size. */
export async function compressed(file: Blob, largest = LARGEST): Promise<Uint8Array<ArrayBuffer>> {
  const image = await createImageBitmap(file)
  let scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height))
  for (;;) {
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale)))
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    for (const quality of [0.85, 0.7, 0.55, 0.4]) {
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality })
      if (blob.size <= largest) return new Uint8Array(await blob.arrayBuffer())
    }
    scale *= 0.7
  }
}
