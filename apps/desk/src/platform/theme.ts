import type { ThemeConfig } from 'antd';

/** Ant Design waits for the end of what moves: where the style sheet lets nothing move (tokens.css), it must not begin. */
const isMoving = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The tokens of tokens.css in Ant Design's names; the derived tints miss 7:1, so our weak ones replace them. */
export const deskTheme: ThemeConfig = {
  token: {
    colorPrimary: '#15506B', colorInfo: '#15506B', colorLink: '#15506B', colorSuccess: '#14593A', colorWarning: '#6B4200', colorError: '#94190F',
    colorTextBase: '#16232B', colorTextSecondary: '#3F4E57', colorTextTertiary: '#566670', colorTextPlaceholder: '#566670',
    colorBgLayout: '#F2F5F6', colorBorder: '#76858D', colorBorderSecondary: '#DCE3E6',
    colorSuccessBg: '#E3F1E9', colorWarningBg: '#FBF0DA', colorErrorBg: '#FBE9E6', colorInfoBg: '#E4EEF2',
    borderRadius: 8, borderRadiusLG: 10, borderRadiusSM: 6, fontSize: 14, controlHeight: 32, motionDurationMid: '.2s', motion: isMoving,
    fontFamily: 'var(--font)',
  },
  components: { Button: { primaryShadow: 'none', defaultShadow: 'none' }, Checkbox: { borderRadiusSM: 4 } },
};
