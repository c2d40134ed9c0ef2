import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
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
