import { useSpeech, w } from '@guatu/client'
import { Alert, Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'

/** The camera reads codes by itself; the first that is read is taken, and the camera goes off. */
export function Scanner({ onRead, onClose }: { onRead(text: string): void; onClose(): void }) {
  const { t } = useSpeech()
  const video = useRef<HTMLVideoElement>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let over = false
    let stop: () => void = () => undefined
    const start = async () => {
      const { frameLoop, QRCanvas, rearCamera } = await import('qr/dom.js')
      const player = video.current
      if (!player || over) return
      try {
        const camera = await rearCamera(player)
        const canvas = new QRCanvas()
        const cancel = frameLoop(() => {
          const text = camera.readFrame(canvas)
          if (typeof text === 'string') onRead(text)
        })
        stop = () => {
          cancel()
          camera.stop()
        }
        if (over) stop()
      } catch {
        setFailed(true)
      }
    }
    void start()
    return () => {
      over = true
      stop()
    }
  }, [onRead])
  return (
    <Modal open title={t(w('对准通行证二维码', 'Hold the code before the camera'))} footer={null} onCancel={onClose} destroyOnHidden>
      {failed ? (
        <Alert
          type="warning"
          showIcon
          title={t(
            w(
              '没有可用的摄像头或未获授权；请用扫码枪，或输入证号。',
              'No camera, or no permission for it: use a hand scanner, or type the number.',
            ),
          )}
        />
      ) : (
        <video ref={video} className="gate-video" playsInline muted />
      )}
    </Modal>
  )
}
