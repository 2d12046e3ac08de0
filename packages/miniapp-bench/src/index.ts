/** Runs the built mini-program without WeChat: the bundle itself in a bare engine, its pages drawn, touched and measured. */
export { Files } from './bundle.ts';
export { htmlOf } from './html.ts';
export { leastLibrary, LogicLayer } from './logic-layer.ts';
export { filesOf, grown, packageBytes, sizeOf } from './measure.ts';
export type { PageSize } from './measure.ts';
export { MiniProgram } from './mini-program.ts';
export { Phone } from './phone.ts';
export type { Chosen, Leaving } from './phone.ts';
export { Wxml } from './wxml.ts';
