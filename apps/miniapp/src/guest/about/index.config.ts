export default { navigationBarTitleText: '这是什么', enableShareAppMessage: true };
