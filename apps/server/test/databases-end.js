export { end as default } from './databases.js';
