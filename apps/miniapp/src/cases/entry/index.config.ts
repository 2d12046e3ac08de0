export default { navigationBarTitleText: '请您确认', enablePullDownRefresh: true };
