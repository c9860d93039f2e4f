package dev.handfast.xa.it;

import dev.handfast.xa.testkit.crash.CrashStep;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A place in the log that throws what it never should, once {@link LogErrorMain} says so. */
enum LogErrorPoint implements CrashStep {
  WRITE("slot.SlotFile", "write", "ENTRY"),
  AFTER_WRITE("slot.SlotFile", "write", "EXIT"),
  FORCE("slot.SlotFile", "force", "ENTRY"),
  AFTER_FORCE("slot.SlotFile", "force", "EXIT"),
  ENCODE("record.RecordCodec", "encode", "ENTRY"),
  ALLOT("slot.SlotSpace", "allot", "ENTRY"),
  JOIN("slot.GroupForce", "write", "ENTRY"),
  LEAD("slot.GroupForce", "lead", "ENTRY");

  private static final String PACKAGE = "dev.handfast.xa.internal.log.";

  private final String type;
  private final String method;
  private final String location;

  LogErrorPoint(String type, String method, String location) {
    this.type = type;
    this.method = method;
    this.location = location;
  }

  /** What is thrown: of each kind one, as far as Byteman may throw it there. */
  enum Thrown {
    OUT_OF_MEMORY(OutOfMemoryError.class),
    STACK_OVERFLOW(StackOverflowError.class),
    NO_CLASS(NoClassDefFoundError.class),
    DEATH(ThreadDeath.class),
    RUNTIME(IllegalStateException.class);

    private final Class<? extends Throwable> type;

    Thrown(Class<? extends Throwable> type) {
      this.type = type;
    }
  }

  @Override
  public String place() {
    return "CLASS " + PACKAGE + type + "\nMETHOD " + method + "\nAT " + location;
  }

  @Override
  public String rule() {
    return Arrays.stream(Thrown.values()).map(this::rule).collect(Collectors.joining("\n"));
  }

  private String rule(Thrown thrown) {
    return "RULE %s %s%n%s%nIF %s.isDue(\"%s\", \"%s\")%nDO throw new %s()%nENDRULE%n"
        .formatted(
            name(),
            thrown,
            place(),
            LogErrorMain.class.getName(),
            name(),
            thrown,
            thrown.type.getName());
  }
}
