#![no_main]
//! Feeds bytes to `onrecord::laws::decode`, which panics where a promise is broken.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord::laws::decode(bytes));
