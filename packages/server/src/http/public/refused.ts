import { label, type Problem } from '@guatu/kernel'

export const BUSY = label(
  '同一网络里填报的人太多，您刚才填写的没有提交，也没有丢失：请等一分钟，按浏览器的“返回”回到刚才的页面，再提交一次。',
  'Too many people are reporting over the same network. What you wrote was not sent and is not lost: wait a minute, go back in the browser and send it again.',
)
export const OVER = label(
  '这一项已由工作人员核实或已结束，不能再从这里更改，您刚才填写的没有提交。有错请告诉村（社区）工作人员。',
  'This was confirmed by a worker or is over, and cannot be changed from here any more: what you wrote was not sent. If something is wrong, tell the village worker.',
)
export const GONE = label(
  '此人已不在本户，您刚才填写的没有提交。请返回重新选择为谁填写；登记有误请告诉村（社区）工作人员。',
  'This person is no longer of the household, and nothing was sent. Go back and choose anew for whom you report; if that is wrong, tell the village worker.',
)
export const SENT_BEFORE = label(
  '您已经提交过，这次的改动没有提交。要更正或再报一次，请先返回，再重新选择。',
  'You sent this before; what you changed now was not sent. To correct it or to report again, go back and choose anew.',
)
export const NOTHING_CHANGED: Problem = {
  code: 'nothing-changed',
  status: 422,
  message: label(
    '您没有更正任何内容。请返回修改，填写要更正的一项。',
    'You corrected nothing. Go back and fill in what is to be corrected.',
  ),
}
