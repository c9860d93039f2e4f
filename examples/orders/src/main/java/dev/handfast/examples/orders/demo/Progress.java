package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.process.Word;
import java.util.function.Consumer;

/** Counts the invoices that are said to be booked and shipped, and shows the counts. */
final class Progress implements Consumer<Word> {

  private final Terminal terminal;
  private final int total;
  private int booked;
  private int shipped;
  private boolean done;

  Progress(Terminal terminal, int total) {
    this.terminal = terminal;
    this.total = total;
  }

  @Override
  public void accept(Word word) {
    switch (word.word()) {
      case "resumed" -> resume(word.number(0));
      case "booked" -> show(booked + 1, shipped);
      case "resumed-shipping" -> show(booked, word.number(0));
      case "shipped" -> show(booked, shipped + 1);
      case "done" -> done = true;
      default -> {}
    }
  }

  int booked() {
    return booked;
  }

  int shipped() {
    return shipped;
  }

  /** Whether the application, in its present life, says that all is booked. */
  boolean isDone() {
    return done;
  }

  private void resume(int count) {
    done = false;
    show(count, shipped);
  }

  private void show(int nowBooked, int nowShipped) {
    booked = nowBooked;
    shipped = nowShipped;
    terminal.progress(booked, shipped, total);
  }
}
