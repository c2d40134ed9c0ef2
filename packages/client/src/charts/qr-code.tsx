import { encodeQR } from 'qr'
import { useMemo } from 'react'

/** A QR code as one path: sharp on paper at any size. Error correction M, which survives a fold and a thumb. */
export function QrCode({ text, size, label }: { readonly text: string; readonly size: number; readonly label: string }) {
  const rows = useMemo(() => encodeQR(text, 'raw', { ecc: 'medium', border: 3 }), [text])
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg className="qr-code" viewBox={`0 0 ${rows.length} ${rows.length}`} width={size} height={size} role="img" aria-label={label}>
      <rect width={rows.length} height={rows.length} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
