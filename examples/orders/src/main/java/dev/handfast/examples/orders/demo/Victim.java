package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.demo.PacketTrap.Prey;
import dev.handfast.examples.orders.process.Child;
import dev.handfast.examples.orders.process.Word;

/**
 * The application in one of its lives.
 *
 * @param process that lives
 * @param recovered what its recovery did before it went to work
 */
record Victim(Family family, Child broker, Child process, Word recovered) {

  /** Returns when the moment of the crash has come, or the work is done before it came. */
  Moment meet(Crash crash, Progress progress) throws DemoFailedException, InterruptedException {
    while (progress.booked() < crash.at()) {
      if (family.await("booked", "done").word().equals("done")) {
        return Moment.IDLE;
      }
    }
    if (crash.moment().prey() != Prey.NOTHING) {
      broker.order("trap " + crash.moment().prey());
      if (family.await("trapped", "done").word().equals("done")) {
        return Moment.IDLE;
      }
    }
    Thread.sleep(crash.delayMillis());
    return crash.moment();
  }

  /** Kills it and returns when it is gone. */
  void kill() throws DemoFailedException, InterruptedException {
    process.kill();
    family.awaitEnd(process);
  }

  /** Lets it end by itself. */
  void finish() throws DemoFailedException, InterruptedException {
    process.order("close");
    int code = family.awaitEnd(process);
    if (code != 0) {
      throw DemoFailedException.of(process, "ended with code " + code);
    }
  }
}
