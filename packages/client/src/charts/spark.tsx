/** A small line of one series, oldest left. It shows the course; the numbers stand beside it. */
export function Spark({
  values,
  width = 120,
  height = 32,
  label,
}: {
  readonly values: readonly number[]
  readonly width?: number
  readonly height?: number
  readonly label: string
}) {
  if (values.length < 2) return null
  const low = Math.min(...values)
  const high = Math.max(...values)
  const pad = 3
  const x = (i: number) => pad + (i * (width - 2 * pad)) / (values.length - 1)
  const y = (v: number) => (high === low ? height / 2 : height - pad - ((v - low) * (height - 2 * pad)) / (high - low))
  const last = values.length - 1
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} className="spark">
      <polyline
        points={values.map((v, i) => `${x(i).toFixed(1)},${y(v).toFixed(1)}`).join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
      />
      <circle cx={x(last)} cy={y(values[last] ?? 0)} r={2.5} fill="currentColor" />
    </svg>
  )
}
