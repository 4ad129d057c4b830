// Reads policies as a JSON list from standard input, and writes what csp_evaluator says of each: severity and words.
const { CspEvaluator } = require("csp_evaluator/dist/evaluator.js");
const { CspParser } = require("csp_evaluator/dist/parser.js");
const policies = JSON.parse(process.argv[2]);
const judged = policies.map((policy) => new CspEvaluator(new CspParser(policy).csp).evaluate()
  .map(({ severity, directive, value, description }) => ({ severity, directive, value: value || "", description })));
console.log(JSON.stringify(judged));
