package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.process.Word;
import java.util.function.Consumer;

/** Counts the invoices that the application says are booked, and shows the count. */
final class Progress implements Consumer<Word> {

  private final Terminal terminal;
  private final int total;
  private int booked;

  Progress(Terminal terminal, int total) {
    this.terminal = terminal;
    this.total = total;
  }

  @Override
  public void accept(Word word) {
    switch (word.word()) {
      case "resumed" -> show(word.number(0));
      case "booked" -> show(booked + 1);
      default -> {}
    }
  }

  int booked() {
    return booked;
  }

  private void show(int count) {
    booked = count;
    terminal.progress(booked, total);
  }
}
