import { useSpeech, w } from '@guatu/client/language'
import { useCallback, useEffect, useRef, useState } from 'react'
import { find, nationalIdIn, type Recognised } from '../register/recognised.ts'
import { useWork } from '../work.tsx'

/** What browsers on Android offer for reading codes; others type. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}
const detectorOf = (): Detector | undefined => {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: new (options: { formats: readonly string[] }) => Detector }
  return BarcodeDetector && new BarcodeDetector({ formats: ['qr_code', 'pdf417', 'code_128'] })
}
/** Pause between two looks at the picture, milliseconds: often enough for a hand, seldom enough for the battery. */
const LOOK_EVERY = 200

/** A code by camera where there is one, an identity number by hand everywhere. */
export default function Scan() {
  const work = useWork()
  const { t } = useSpeech()
  const [written, setWritten] = useState('')
  const [found, setFound] = useState<Recognised | 'nobody' | 'wrong'>()
  const [camera, setCamera] = useState(false)

  const look = useCallback(
    async (text: string) => {
      const number = nationalIdIn(text)
      setWritten(text)
      setFound(number === undefined ? 'wrong' : ((await find(work.replica, work.recognition, number)) ?? 'nobody'))
    },
    [work],
  )
  return (
    <>
      <div className="bar">
        <h1>{t(w('扫码查人', 'Scan'))}</h1>
      </div>
      {camera ? (
        <Camera
          onRead={(text) => {
            setCamera(false)
            void look(text)
          }}
          onClose={() => setCamera(false)}
        />
      ) : (
        <div className="menu">
          <button type="button" onClick={() => setCamera(true)}>
            {t(w('打开摄像头扫码', 'Scan with the camera'))}
          </button>
        </div>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void look(written)
        }}
      >
        <label>
          {t(w('或输入身份证号', 'Or type an identity number'))}
          <input value={written} autoComplete="off" inputMode="text" maxLength={24} onChange={(e) => setWritten(e.target.value)} />
        </label>
        <button type="submit" className="main" disabled={written.trim() === ''}>
          {t(w('查找', 'Look up'))}
        </button>
      </form>
      {found === 'wrong' ? (
        <p className="wrong" role="alert">
          {t(w('这不是有效的身份证号，请核对后重输。', 'This is no valid identity number; compare and type again.'))}
        </p>
      ) : found === 'nobody' ? (
        <p className="note">
          {t(w('辖区名册里没有此人；可在“登记”中登记。', 'Not in the register of your area; enter the person under “Register”.'))}
        </p>
      ) : found ? (
        <Person of={found} />
      ) : null}
    </>
  )
}

function Person({ of }: { readonly of: Recognised }) {
  const work = useWork()
  const { t } = useSpeech()
  const watch = work.replica
    .all('watch')
    .find((row) => row.fields.person === of.row.id && (row.state === 'watching' || row.state === 'absent'))
  const door = String(work.replica.get('household', String(of.row.fields.household ?? ''))?.fields.door ?? '')
  const def = work.replica.registry.records.get('watch')
  return (
    <div className="card">
      <strong>
        {of.name} · {of.town}
      </strong>
      <p className="quiet">{door}</p>
      {watch ? (
        <p>
          <span className="tag warn">▲ {t(def?.states[watch.state] ?? w('', ''))}</span>{' '}
          {t(w(`至 ${String(watch.fields.until ?? '')}`, `until ${String(watch.fields.until ?? '')}`))}
        </p>
      ) : (
        <p>
          <span className="tag good">● {t(w('未在观察', 'Not under observation'))}</span>
        </p>
      )}
    </div>
  )
}

function Camera({ onRead, onClose }: { readonly onRead: (text: string) => void; readonly onClose: () => void }) {
  const { t } = useSpeech()
  const video = useRef<HTMLVideoElement>(null)
  const [wrong, setWrong] = useState(false)
  useEffect(() => {
    const detector = detectorOf()
    let stream: MediaStream | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let over = false
    const begin = async () => {
      if (!detector) return setWrong(true)
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
      await video.current.play()
      const next = async () => {
        if (over || !video.current) return
        const [code] = await detector.detect(video.current).catch(() => [])
        if (code) onRead(code.rawValue)
        else timer = setTimeout(() => void next(), LOOK_EVERY)
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
        <p className="note">
          {t(
            w(
              '这部手机不能扫码（没有摄像头、未允许使用，或浏览器不支持），请手工输入。',
              'This phone cannot scan (no camera, not allowed, or the browser cannot); type instead.',
            ),
          )}
        </p>
      ) : (
        <video ref={video} muted playsInline />
      )}
      <button type="button" onClick={onClose}>
        {t(w('关闭摄像头', 'Close the camera'))}
      </button>
    </section>
  )
}
