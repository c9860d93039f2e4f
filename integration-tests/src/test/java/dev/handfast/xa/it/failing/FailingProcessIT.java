package dev.handfast.xa.it.failing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.it.PreloadedLibrary;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file calls of a process on its log, of which one fails, once: what it told is so after its
 * next start, which comes up.
 */
@Tag("campaign")
final class FailingProcessIT {

  private static final Path REPORT = Path.of("target", "failing-process-campaign.md");

  /** A transaction of the log makes some four calls. */
  private static final int MOST_AFTER = 30;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Random random = new Random(Long.getLong("campaign.seed", 20261201));
  private final Map<String, Integer> struck = new TreeMap<>();
  private final Map<String, Integer> refusals = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final long begin = System.nanoTime();
  private int done;
  private int missed;
  private int transactions;

  @Test
  void leavesNoOutcomeWrong() throws Exception {
    int samples = Integer.getInteger("campaign.calls", 200);
    PreloadedLibrary library = FileCall.build(directory);
    List<FileCall> plan;
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"))) {
      plan = plan(count(library, broker));
      for (int next = 0; done < samples && next < plan.size(); next++) {
        done += fail(library, broker, plan.get(next), next) ? 1 : 0;
        report();
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(missed).as("calls that were not come to").isLessThanOrEqualTo(done / 10);
    assertThat(done).isEqualTo(Math.min(samples, plan.size() - missed));
  }

  private Map<String, Integer> count(PreloadedLibrary library, BrokerProcess broker)
      throws IOException {
    FailingSample sample = new FailingSample(directory.resolve("none"), broker);
    assertThat(sample.live(library, FileCall.NONE)).isEmpty();
    sample.recover();
    transactions += sample.audit();
    Pattern wanted = Pattern.compile(System.getProperty("campaign.call", ".*"));
    for (String call : sample.calls()) {
      if (wanted.matcher(call).matches()) {
        counts.merge(call, 1, Integer::sum);
      }
    }
    return counts;
  }

  /**
   * In turn one of all, and one of a call on a file that has not had its turn for the longest time.
   */
  private List<FileCall> plan(Map<String, Integer> counted) {
    List<FileCall> any = new ArrayList<>();
    Map<String, List<FileCall>> byCall = new TreeMap<>();
    counted.forEach(
        (call, count) -> {
          byCall.put(call, shuffled(all(call, count)));
          any.addAll(byCall.get(call));
        });
    Iterator<FileCall> uniform = shuffled(any).iterator();
    Set<FileCall> plan = new LinkedHashSet<>();
    while (!byCall.isEmpty()) {
      for (String call : shuffled(byCall.keySet())) {
        List<FileCall> left = byCall.get(call);
        plan.add(left.remove(left.size() - 1));
        plan.add(uniform.next());
        if (left.isEmpty()) {
          byCall.remove(call);
        }
      }
    }
    return List.copyOf(plan);
  }

  private List<FileCall> all(String call, int count) {
    List<FileCall> all = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      for (FileCall.Errno error : FileCall.Errno.values()) {
        int killAfter = random.nextBoolean() ? 1 + random.nextInt(MOST_AFTER) : 0;
        all.add(new FileCall(call, number, error, killAfter));
      }
    }
    return all;
  }

  private <T> List<T> shuffled(Collection<T> some) {
    List<T> all = new ArrayList<>(some);
    Collections.shuffle(all, random);
    return all;
  }

  /** False if the process did not come to that call. */
  private boolean fail(PreloadedLibrary library, BrokerProcess broker, FileCall call, int index)
      throws IOException {
    FailingSample sample = new FailingSample(directory.resolve("sample-" + index), broker);
    try {
      String refusal = sample.live(library, call);
      sample.recover();
      transactions += sample.audit();
      if (!refusal.isEmpty()) {
        refusals.merge(refusal.replaceAll("\\S*/sample-\\d+", "…"), 1, Integer::sum);
      }
    } catch (AssertionError | RuntimeException e) {
      wrong.add("sample " + index + ", " + call + ": " + e);
    }
    boolean came = sample.calls().contains("failed " + call.call());
    if (came) {
      struck.merge(call.kind() + " | " + call.error(), 1, Integer::sum);
    } else {
      missed++;
    }
    return came;
  }

  private void report() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("Calls of one life: " + counts + "\n\n");
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    text.append(
        "%d calls failed (%d were not come to), %d transactions, %d s, wrong: %d%n%n"
            .formatted(done, missed, transactions, seconds, wrong.size()));
    struck.forEach((kind, count) -> text.append("| %s | %d |%n".formatted(kind, count)));
    refusals.forEach((refusal, count) -> text.append("%n- %d: %s".formatted(count, refusal)));
    wrong.forEach(each -> text.append("\nWRONG ").append(each).append('\n'));
    Files.writeString(REPORT, text);
  }
}
