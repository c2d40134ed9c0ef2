import { useSpeech, w } from '@guatu/client/language'
import { useEffect, useRef, useState } from 'react'
import { codeReader } from './codes.ts'

/** Pause between two looks at the picture, milliseconds: often enough for a hand, seldom enough for the battery. */
const LOOK_EVERY = 150

/** The camera reads by itself; the first code is taken, and the camera goes off. */
export function Camera({ onRead, onClose }: { readonly onRead: (text: string) => void; readonly onClose: () => void }) {
  const { t } = useSpeech()
  const video = useRef<HTMLVideoElement>(null)
  const [wrong, setWrong] = useState(false)
  useEffect(() => {
    let stream: MediaStream | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let over = false
    const begin = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
      } catch {
        return setWrong(true)
      }
      if (over || !video.current) {
        for (const track of stream.getTracks()) track.stop()
        return
      }
      video.current.srcObject = stream
      const [read] = await Promise.all([codeReader(), video.current.play()])
      const next = async () => {
        if (over || !video.current) return
        const code = await read(video.current)
        if (over) return
        if (code === undefined) timer = setTimeout(() => void next(), LOOK_EVERY)
        else onRead(code)
      }
      await next()
    }
    void begin()
    return () => {
      over = true
      clearTimeout(timer)
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
  }, [onRead])
  return (
    <section>
      {wrong ? (
        <p className="note">{t(w('没有摄像头或未允许使用，请手工输入。', 'There is no camera, or it is not allowed; type instead.'))}</p>
      ) : (
        <video ref={video} muted playsInline />
      )}
      <button type="button" onClick={onClose}>
        {t(w('关闭摄像头', 'Close the camera'))}
      </button>
    </section>
  )
}
