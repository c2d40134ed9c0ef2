import type { Lang } from '@guatu/kernel'
import { type ThemeConfig, theme } from 'antd'

const FONTS = '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif'

/** English quotes and apostrophes of Chinese fonts are as wide as a character: Latin letters come from Latin fonts first. */
const LATIN_FIRST = `"Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", ${FONTS}`

/** Light, compact office theme; contrast of text and controls is AA on white. */
const office: ThemeConfig = {
  algorithm: theme.compactAlgorithm,
  token: {
    fontFamily: FONTS,
    fontSize: 14,
    colorPrimary: '#0b5cad',
    colorLink: '#0b5cad',
    borderRadius: 4,
    // Nothing to press is smaller than WCAG 2.2 asks for.
    controlHeightSM: 24,
    colorTextSecondary: 'rgba(0,0,0,0.62)',
    colorTextPlaceholder: 'rgba(0,0,0,0.58)',
    colorTextTertiary: 'rgba(0,0,0,0.6)',
    colorTextDescription: 'rgba(0,0,0,0.62)',
    colorError: '#c62828',
    colorSuccess: '#1b7f3b',
    colorWarning: '#9a6700',
    colorWarningBg: '#fff8e1',
    colorWarningBorder: '#e0b252',
    colorErrorBg: '#fdecec',
    colorSuccessBg: '#eaf6ee',
  },
  components: { Menu: { groupTitleColor: 'rgba(0,0,0,0.62)', itemHeight: 30, itemMarginBlock: 1, itemMarginInline: 4 } },
}

/** The office theme for a language; nothing moves for those who asked their system for that. */
export const officeTheme = (lang: Lang, still: boolean): ThemeConfig => ({
  ...office,
  token: { ...office.token, ...(lang === 'zh' ? {} : { fontFamily: LATIN_FIRST }), ...(still ? { motion: false } : {}) },
})

/** Dark wall theme, read from across a room. */
export const wallTheme: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: { fontFamily: FONTS, fontSize: 18, colorPrimary: '#4da3ff', colorBgBase: '#0b1420', borderRadius: 4 },
  components: {
    Segmented: {
      itemColor: '#c3d0dc',
      itemHoverColor: '#ffffff',
      itemSelectedColor: '#ffffff',
      itemSelectedBg: '#1f4d7d',
      trackBg: '#122033',
    },
  },
}
