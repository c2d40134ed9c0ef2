/** Reads codes from a picture; undefined when there is none in it. */
export type ReadCode = (video: HTMLVideoElement) => Promise<string | undefined>

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}
interface DetectorClass {
  new (options: { formats: readonly string[] }): Detector
  getSupportedFormats(): Promise<readonly string[]>
}

const WANTED = ['qr_code', 'pdf417', 'code_128']
/** Longest side of the picture that is looked at, pixels: a code that fills a third of it is read, and an old phone keeps up. */
const LONGEST = 720

/** What the browser itself can, where it can: it reads the stripes on cards as well. */
async function ofBrowser(): Promise<ReadCode | undefined> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass }
  const formats = (await BarcodeDetector?.getSupportedFormats().catch(() => []))?.filter((one) => WANTED.includes(one)) ?? []
  if (!BarcodeDetector || !formats.includes('qr_code')) return undefined
  const detector = new BarcodeDetector({ formats })
  return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue
}

/** QR codes read by ourselves, everywhere else. */
async function ofOurs(): Promise<ReadCode> {
  const { decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    const scale = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight, 1))
    canvas.width = Math.round(video.videoWidth * scale)
    canvas.height = Math.round(video.videoHeight * scale)
    if (!context || canvas.width === 0) return undefined
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    try {
      return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height))
    } catch {
      return undefined
    }
  }
}

export const codeReader = async (): Promise<ReadCode> => (await ofBrowser()) ?? (await ofOurs())
