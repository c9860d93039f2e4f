package dev.handfast.xa.it.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All cases of one victim, one after the other on one stage: the process in which one case was
 * recovered goes on with the next.
 */
final class CrashLane {

  private final Path directory;
  private final CrashVictim victim;

  CrashLane(Path directory, CrashVictim victim) {
    this.directory = directory;
    this.victim = victim;
  }

  List<CaseResult> run() {
    List<CaseResult> results = new ArrayList<>();
    try (CrashStage stage = CrashStage.start(directory)) {
      for (CrashCase cell : CrashCase.of(victim)) {
        results.add(run(stage, cell));
      }
    }
    return results;
  }

  private CaseResult run(CrashStage stage, CrashCase cell) {
    Account account = new Account();
    try {
      int id =
          victim == CrashVictim.APPLICATION
              ? application(stage, cell, account)
              : server(stage, cell, account);
      if (!account.left.isNothing()) {
        throw new AssertionError("recovery left " + account.left);
      }
      List<String> holding = stage.audit(cell.shape(), id);
      account.outcome =
          holding.isEmpty()
              ? "none"
              : holding.equals(cell.shape().resources()) ? "all" : "" + holding;
      judge(cell, account);
    } catch (RuntimeException | AssertionError e) {
      account.failure = shortened(e);
      stage.startOver();
    }
    return new CaseResult(
        cell, account.inDoubt, account.told, account.outcome, account.millis, account.failure);
  }

  /** The first words, and what the application died of. */
  private static String shortened(Throwable failure) {
    List<String> lines = String.valueOf(failure.getMessage()).lines().toList();
    String cause = lines.stream().filter(line -> line.contains("Exception")).findFirst().orElse("");
    return (lines.get(0) + " " + cause).replace('|', '/');
  }

  /** What is found out of one case. */
  private static final class Account {
    private String inDoubt = "?";
    private String told = "";
    private String outcome = "?";
    private String failure = "";
    private long millis;
    private CrashStage.Left left = new CrashStage.Left(-1, -1, 0);
  }

  private static int application(CrashStage stage, CrashCase cell, Account account) {
    int id = stage.workAndHalt(cell.shape(), cell.way(), cell.step(), cell.nth());
    account.inDoubt = stage.inDoubt();
    stage.shop.restart();
    account.left = stage.awaitStarted();
    account.millis = account.left.millis();
    return id;
  }

  private static int server(CrashStage stage, CrashCase cell, Account account) {
    stage.warmUp();
    stage.shop.stopAt(cell.step(), cell.nth());
    int id = stage.work(cell.shape(), cell.way());
    stage.shop.awaitStop();
    kill(stage, cell.victim());
    account.inDoubt = stage.inDoubt();
    stage.shop.goOn();
    account.told = stage.shop.awaitAnswer();
    restart(stage, cell.victim());
    account.left = stage.recover();
    account.millis = account.left.millis();
    return id;
  }

  private static void kill(CrashStage stage, CrashVictim victim) {
    if (victim == CrashVictim.BROKER) {
      stage.broker.kill();
    } else {
      stage.postgres.kill();
    }
  }

  private static void restart(CrashStage stage, CrashVictim victim) {
    if (victim == CrashVictim.BROKER) {
      stage.broker.restart();
    } else {
      stage.postgres.restart();
    }
  }

  private static void judge(CrashCase cell, Account account) {
    boolean all = account.outcome.equals("all");
    boolean right =
        switch (account.told) {
          case "" -> account.outcome.equals(cell.isDecided() ? "all" : "none");
          case "COMMITTED" -> all && cell.way().commits();
          case "ROLLED_BACK" -> account.outcome.equals("none") && !cell.isDecided();
          case "UNKNOWN" -> cell.mayBeUnknown() && (all || account.outcome.equals("none"));
          default -> false;
        };
    if (!right) {
      account.failure = "not what was told or decided";
    }
  }
}
