import fc from 'fast-check';

// What is measured is measured again: random tests take the same cases every time.
fc.configureGlobal({ seed: 20261122 });
