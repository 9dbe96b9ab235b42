import { escapeHtml } from '../core/router';
import { people } from './people';

const roleNames: Readonly<Record<string, string>> = {
  caseworker: 'موظف حالات · Caseworker',
  supervisor: 'مشرف · Supervisor',
  committee: 'عضو لجنة · Committee member',
  operator: 'مشغّل · Operator',
  auditor: 'مدقق · Auditor',
  analyst: 'محلل · Analyst',
};

const page = (title: string, body: string): string => `<!doctype html>
<html lang="ar" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:1rem system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}ul{list-style:none;padding:0;display:grid;
grid-template-columns:repeat(auto-fill,minmax(19rem,1fr));gap:.5rem}button{font:inherit;width:100%;text-align:start;padding:.6rem 1rem}
small{display:block;opacity:.75}</style></head>
<body><h1>${title}</h1>${body}</body>
</html>`;

/** Who signs in is chosen from a list: nobody here is real, so there is nothing to prove. */
export function signInPage(request: URLSearchParams): string {
  const hidden = [...request]
    .filter(([name]) => name !== 'sub')
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
  const choices = people
    .map(
      ({ sub, nameAr, nameEn, roles, office }) =>
        `<li><button name="sub" value="${sub}">${nameAr}<br><span lang="en" dir="ltr">${nameEn}</span>` +
        `<small>${roles.map((role) => roleNames[role] ?? role).join('، ')} (${office})</small></button></li>`,
    )
    .join('');
  return page('تسجيل الدخول · Sign in', `<form method="post">${hidden}<ul>${choices}</ul></form>`);
}

export const signedOutPage = (): string => page('تم تسجيل الخروج · Signed out', '');
