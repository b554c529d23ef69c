export const reportsPath = '/email/bounces'
export const rulesPath = '/email/bounces/rules'
export const limitsPath = '/email/bounces/limits'
