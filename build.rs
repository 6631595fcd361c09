//! Packs the weights of `seeds/model.bin` for the program: two of five are zero, so that a bit for each slot and the weights
//! that are not zero take two thirds of the room. `src/speakers/model.rs` unpacks them.
#![allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=seeds/model.bin");
    let weights = fs::read("seeds/model.bin")?;
    let (weights, _) = weights.as_chunks::<2>();
    let byte = |eight: &[[u8; 2]]| {
        let bits = eight
            .iter()
            .enumerate()
            .map(|(i, weight)| u8::from(*weight != [0, 0]) << i);
        bits.sum()
    };
    let mut packed: Vec<u8> = weights.chunks(8).map(byte).collect();
    packed.extend(weights.iter().filter(|weight| **weight != [0, 0]).flatten());
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&out).join("model.packed"), packed)
}
