/** How much a run tests, as tests/effort.py says. */

/** The number of random cases in this run. @param {number} small @param {number} full */
export const sized = (small, full) => (process.env.DIENHONG_TEST_EFFORT === "full" ? full : small);
