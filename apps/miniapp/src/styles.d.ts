declare module '*.scss';
/** Replaced at build time, see config/index.js. */
declare const API_ROOT: string;
declare const APP_VERSION: string;
declare const process: { env: { TARO_ENV: 'weapp' | 'h5' } };
