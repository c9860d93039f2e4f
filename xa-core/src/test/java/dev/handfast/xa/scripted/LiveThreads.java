package dev.handfast.xa.scripted;

import java.util.Set;
import java.util.stream.Collectors;

/** The threads of this JVM, to be compared before and after. */
public record LiveThreads(Set<Thread> threads) {

  /** Those that are alive now. */
  public static LiveThreads now() {
    return new LiveThreads(
        Thread.getAllStackTraces().keySet().stream()
            .filter(Thread::isAlive)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Those that are alive now and were not then, by name. */
  public Set<String> added() {
    return now().threads().stream()
        .filter(thread -> !threads.contains(thread))
        .map(Thread::getName)
        .collect(Collectors.toUnmodifiableSet());
  }
}
