// The test files that failed in jest's own result, a line each; none when it holds no whole result.
const { readFileSync } = require('node:fs');
const { relative } = require('node:path');

const text = readFileSync(process.argv[2], 'utf8');
const { testResults = [] } = text === '' ? {} : JSON.parse(text);
for (const { name, status } of testResults) if (status === 'failed') console.log(relative('.', name));
