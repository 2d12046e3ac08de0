export { begin as default } from './databases.js';
