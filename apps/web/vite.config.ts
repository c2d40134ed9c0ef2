import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * Icons are pictures beside words: those of the library call themselves by their English file names, which a screen reader would read out before
 * every entry of a Chinese menu. Only one that is given a name of its own, or is pressed itself, has one.
 */
function silentIcons(): Plugin {
  const named = /role: "img",\s*"aria-label": icon\.name/
  return {
    name: 'silent-icons',
    transform: {
      filter: { id: /@ant-design\/icons\/es\/components\/AntdIcon(?:Light)?\.js/ },
      handler(code) {
        if (!named.test(code)) this.error('The icons of the library are made otherwise than they were: see to it that they are silent.')
        return code.replace(
          named,
          '...(restProps["aria-label"] === undefined && onClick === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": icon.name })',
        )
      },
    },
  }
}

export default defineConfig({
  plugins: [react(), silentIcons()],
  server: { proxy: { '/api': 'http://localhost:8080' } },
  build: {
    outDir: 'dist',
    chunkSizeWarningLimit: 1_500,
    rollupOptions: {
      output: {
        manualChunks: (id: string) =>
          /node_modules\/(react|react-dom|scheduler|@tanstack)\//.test(id)
            ? 'react'
            : /node_modules\/(antd|@ant-design|@rc-component|rc-|dayjs)/.test(id)
              ? 'antd'
              : undefined,
      },
    },
  },
})
