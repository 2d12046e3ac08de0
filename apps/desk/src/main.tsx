import { ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { deskTheme } from './platform/theme.ts';
import './tokens.css';
import './desk.css';
import './sign-in.css';

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<StrictMode><ConfigProvider locale={zhCN} theme={deskTheme} button={{ autoInsertSpace: false }}><App /></ConfigProvider></StrictMode>);
