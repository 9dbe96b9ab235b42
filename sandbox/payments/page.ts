import { inRiyals, type Money } from '../../domain/money';
import { escapeHtml } from '../core/router';

const ACTIONS = {
  open: '<form method="post"><button>ادفع · Pay</button></form>',
  paid: '<p role="status">تم السداد · Paid</p>',
  closed: '<p role="status">هذه الدفعة مغلقة · This payment is closed</p>',
};

/** The page where the payer pays; it says nothing about whom or what the payment is for. */
export function paymentPage(payment: { readonly amount: Money; readonly state: keyof typeof ACTIONS }): string {
  const amount = escapeHtml(inRiyals(payment.amount));
  return `<!doctype html>
<html lang="ar" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>الدفع · Payment</title>
<style>body{font:1.1rem system-ui;max-width:24rem;margin:4rem auto;padding:0 1rem;text-align:center}
strong{display:block;font-size:2rem;margin:1rem}button{font:inherit;padding:.6rem 2rem}</style></head>
<body><h1>الدفع · Payment</h1><strong dir="ltr">${amount}</strong>${ACTIONS[payment.state]}</body>
</html>`;
}
