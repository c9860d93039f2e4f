package dev.handfast.examples.orders.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the demo. Exit codes: 0 the audit holds, 1 it does not, 2 wrong input. */
@Command(
    name = "handfast demo",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Books real orders in a database and announces each on a broker as one transaction; another"
          + " application ships them and sends notifications, each again as one transaction. Both"
          + " and the broker are killed again and again; another process audits the result.",
      ""
    },
    footer = {
      "",
      "The last line is the result. Exit code: 0 if the audit holds, 1 if not, 2 for wrong input."
    })
public final class Demo implements Callable<Integer> {

  /** Set to true where what was printed can be drawn over. */
  static final String LIVE = "handfast.terminal";

  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int WRONG_INPUT = 2;
  private static final int INTERRUPTED = 130;
  private static final int MOST_THREADS = 64;
  private static final int SEEDS = 1_000_000;

  @Option(
      names = "--file",
      paramLabel = "CSV",
      description = "Order lines to book. Default: 10,000 lines of an online retailer.")
  private @Nullable Path file;

  @Option(
      names = "--crashes",
      paramLabel = "N|by-hand",
      defaultValue = "3",
      converter = Crashes.Converter.class,
      description = "How often to kill one of the three, or leave that to you. Default: 3.")
  private Crashes crashes = new Crashes(0, false);

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "4",
      description = "Threads that book, and as many that ship, 1 to 64. Default: 4.")
  private int threads;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Crash as a run with this seed did. Default: by chance; the run shows it.")
  private @Nullable Long seed;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Work in this new or empty directory and leave all files there.")
  private @Nullable Path keep;

  @Option(
      names = "--skip-bad-lines",
      description = "Book the lines that can be booked and list the others.")
  private boolean skipBadLines;

  @Option(
      names = "--without-handfast",
      description = "For comparison: commit, then send; receive, commit, send, then acknowledge.")
  private boolean withoutHandfast;

  @Option(names = "--help", usageHelp = true, description = "Show this.")
  @SuppressWarnings("UnusedVariable")
  private boolean help;

  @Spec private @Nullable CommandSpec spec;

  private Demo() {}

  public static void main(String[] args) {
    System.exit(
        commandLine()
            .setOut(utf8(FileDescriptor.out))
            .setErr(utf8(FileDescriptor.err))
            .execute(args));
  }

  /** The command as the shell knows it. */
  static CommandLine commandLine() {
    return new CommandLine(new Demo());
  }

  private static PrintWriter utf8(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  @Override
  public Integer call() throws IOException, SQLException {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    PrintWriter err = command.getErr();
    if (threads < 1 || threads > MOST_THREADS) {
      String value = "Invalid value for option '--threads': '" + threads + "'";
      throw new ParameterException(command, value + " is not a number from 1 to " + MOST_THREADS);
    }
    try {
      Input input = Input.read(file, skipBadLines);
      try (WorkDirectory directory = WorkDirectory.make(keep)) {
        input.writeTo(directory.path().resolve(DemoSettings.ORDERS));
        Terminal terminal = new Terminal(command.getOut(), Boolean.getBoolean(LIVE));
        return play(settings(input, directory), input, directory, terminal);
      }
    } catch (WrongInputException e) {
      err.println("handfast demo: " + e.getMessage());
      return WRONG_INPUT;
    } catch (DemoFailedException e) {
      err.println("handfast demo: " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      return INTERRUPTED;
    }
  }

  private DemoSettings settings(Input input, WorkDirectory directory) {
    long chosen = seed != null ? seed : ThreadLocalRandom.current().nextInt(SEEDS);
    int invoices = input.orders().invoices().size();
    return new DemoSettings(directory.path(), invoices, crashes, threads, chosen, !withoutHandfast);
  }

  private int play(DemoSettings settings, Input input, WorkDirectory directory, Terminal terminal)
      throws DemoFailedException, IOException, SQLException, InterruptedException {
    introduce(settings, input, terminal);
    if (directory.kept()) {
      terminal.line("all files are kept in " + directory.path());
    }
    Progress progress = new Progress(terminal, settings.invoices());
    try (Family family = new Family(settings.directory(), progress)) {
      Thread hook = new Thread(() -> clear(family, directory), "clear-up");
      Runtime.getRuntime().addShutdownHook(hook);
      boolean ok = new Supervisor(settings, terminal, family, progress).play();
      return ok ? OK : FAILED;
    }
  }

  private static void clear(Family family, WorkDirectory directory) {
    family.close();
    directory.close();
  }

  private static void introduce(DemoSettings settings, Input input, Terminal terminal) {
    if (!input.orders().bad().isEmpty()) {
      terminal.line("skipped " + input.orders().bad().size() + " bad lines:");
      terminal.line(Input.list(input.orders().bad()));
    }
    terminal.line(
        String.format(
            Locale.ROOT,
            "%,d invoices with %,d lines of %s, %d threads, seed %d%s",
            settings.invoices(),
            input.orders().lines(),
            input.name(),
            settings.threads(),
            settings.seed(),
            settings.handfast() ? "" : ", WITHOUT Handfast"));
  }
}
