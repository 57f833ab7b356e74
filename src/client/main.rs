//! The program that the page starts.

fn main() {
    client::start();
}
