//! The command line itself: help, and what is not understood.

use std::fs;
use std::process::Command;

use crate::workspace::{Run, Workspace, run};

fn xtask(arguments: &[&str]) -> Run {
    run(Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments))
}

#[test]
fn without_a_task_the_help_is_printed() {
    let alone = xtask(&[]);
    assert_eq!((alone.code, alone.stderr.as_str()), (Some(0), ""));
    assert!(alone.stdout.contains("Usage: cargo xtask"), "{}", alone.stdout);
    assert!(alone.stdout.contains("regen"), "{}", alone.stdout);
    assert_eq!(xtask(&["--help"]).code, Some(0));
}

#[test]
fn the_help_of_regen_names_its_options() {
    let help = xtask(&["regen", "--help"]);
    assert_eq!(help.code, Some(0));
    assert!(help.stdout.contains("--check"), "{}", help.stdout);
    assert!(help.stdout.contains("--root <DIR>"), "{}", help.stdout);
}

#[test]
fn what_is_not_understood_ends_with_code_2() {
    assert_eq!(xtask(&["rgen"]).code, Some(2));
    assert_eq!(xtask(&["regen", "--chek"]).code, Some(2));
}

#[test]
fn a_root_without_a_spec_is_a_fault() {
    let workspace = Workspace::new();
    fs::remove_dir_all(workspace.path("spec")).unwrap();
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.starts_with("error: cannot read spec: "), "{}", run.stderr);
}

#[test]
fn the_help_of_bench_names_what_can_be_measured() {
    let help = xtask(&["bench", "--help"]);
    assert_eq!(help.code, Some(0));
    for task in ["generate", "compile"] {
        assert!(help.stdout.contains(task), "{}", help.stdout);
    }
    assert!(!help.stdout.contains("plain  "), "the two sides are nobody's task:\n{}", help.stdout);
    assert!(xtask(&["bench", "compile", "--help"]).stdout.contains("--growth"));
    assert_eq!(xtask(&["bench", "compile", "--runs", "0"]).code, Some(2));
    assert_eq!(xtask(&["bench", "generate", "--growth=50,x"]).code, Some(2));
}
