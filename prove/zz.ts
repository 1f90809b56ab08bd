import { prove } from "./move";
const t=performance.now();
console.log(await prove({short: true, seed: 1}), performance.now()-t);
