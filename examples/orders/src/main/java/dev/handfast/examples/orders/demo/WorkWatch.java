package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.demo.PacketTrap.Prey;
import dev.handfast.examples.orders.process.Word;
import java.util.function.Predicate;

/** Waits for a moment in the work, or for the end of the work. */
final class WorkWatch {

  private final Stage stage;
  private final Family family;
  private final Progress progress;
  private int questions;

  WorkWatch(Stage stage, Family family, Progress progress) {
    this.stage = stage;
    this.family = family;
    this.progress = progress;
  }

  /** Returns when the moment of the crash has come, or the work is done before it came. */
  Moment meet(Crash crash) throws DemoFailedException, InterruptedException {
    if (!hasCome(crash) && !await(crash.worker(), word -> hasCome(crash))) {
      return Moment.IDLE;
    }
    Prey prey = crash.moment().prey(crash.worker());
    if (prey != Prey.NOTHING) {
      stage.order(Role.BROKER, "trap " + prey + " " + crash.worker().node());
      if (!await(crash.worker(), word -> word.word().equals("trapped"))) {
        return Moment.IDLE;
      }
    }
    Thread.sleep(crash.delayMillis());
    return crash.moment();
  }

  /**
   * Waits for a word.
   *
   * @return false if before that there is nothing left for the worker to do
   */
  boolean await(Role worker, Predicate<Word> awaited)
      throws DemoFailedException, InterruptedException {
    String question = "";
    while (true) {
      if (progress.isDone()) {
        if (worker == Role.APPLICATION) {
          return false;
        }
        question = question.isEmpty() ? askForTheEnd() : question;
      }
      String asked = question;
      Word word = family.await(w -> awaited.test(w) || isDone(w) || isAnswer(w, asked));
      if (awaited.test(word)) {
        return true;
      }
      if (isAnswer(word, asked)) {
        return false;
      }
    }
  }

  /** Returns when all is booked. */
  void awaitBooked() throws DemoFailedException, InterruptedException {
    if (!progress.isDone()) {
      family.await(WorkWatch::isDone);
    }
  }

  /** Returns when no event is left, or nobody takes what is left. */
  void awaitShipped() throws DemoFailedException, InterruptedException {
    String question = askForTheEnd();
    family.await(word -> isAnswer(word, question));
  }

  private boolean hasCome(Crash crash) {
    int count = crash.victim() == Role.SHIPPING ? progress.shipped() : progress.booked();
    return count >= crash.at();
  }

  /** An answer to an earlier question may still come, so questions are numbered. */
  private String askForTheEnd() {
    String question = String.valueOf(++questions);
    stage.order(Role.BROKER, "await-empty " + question + " " + Commands.EVENTS);
    return question;
  }

  private static boolean isDone(Word word) {
    return word.word().equals("done");
  }

  private static boolean isAnswer(Word word, String question) {
    return word.word().equals("left") && word.argument(0).equals(question);
  }
}
