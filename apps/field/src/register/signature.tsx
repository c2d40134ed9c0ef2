import { useSpeech, w } from '@guatu/client/language'
import { type PointerEvent, type Ref, useImperativeHandle, useRef } from 'react'

export interface SignatureHandle {
  clear(): void
  /** The signature as PNG; undefined when nothing was written. */
  bytes(): Promise<Uint8Array<ArrayBuffer> | undefined>
}

const WIDTH = 600
const HEIGHT = 300
/** Fewer points than this are a touch, no signature. */
const FEWEST = 8

/** A frame to sign in with a finger. */
export function Signature({ ref }: { readonly ref: Ref<SignatureHandle> }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const points = useRef(0)
  const { t } = useSpeech()
  useImperativeHandle(ref, () => ({
    clear: () => {
      canvas.current?.getContext('2d')?.clearRect(0, 0, WIDTH, HEIGHT)
      points.current = 0
    },
    bytes: async () => {
      if (points.current < FEWEST) return undefined
      const blob = await new Promise<Blob | null>((resolve) => {
        if (canvas.current) canvas.current.toBlob(resolve, 'image/png')
        else resolve(null)
      })
      return blob ? new Uint8Array(await blob.arrayBuffer()) : undefined
    },
  }))
  const draw = (event: PointerEvent<HTMLCanvasElement>, begins: boolean) => {
    const context = event.currentTarget.getContext('2d')
    if (!context || (event.buttons === 0 && !begins)) return
    const box = event.currentTarget.getBoundingClientRect()
    const x = ((event.clientX - box.left) / box.width) * WIDTH
    const y = ((event.clientY - box.top) / box.height) * HEIGHT
    if (begins) {
      event.currentTarget.setPointerCapture(event.pointerId)
      context.lineWidth = 5
      context.lineCap = 'round'
      context.lineJoin = 'round'
      context.strokeStyle = '#14181d'
      context.beginPath()
      context.moveTo(x, y)
    } else {
      context.lineTo(x, y)
      context.stroke()
    }
    points.current += 1
  }
  return (
    <canvas
      ref={canvas}
      className="sign"
      width={WIDTH}
      height={HEIGHT}
      aria-label={t(w('签名框', 'Frame for the signature'))}
      onPointerDown={(event) => draw(event, true)}
      onPointerMove={(event) => draw(event, false)}
    />
  )
}
