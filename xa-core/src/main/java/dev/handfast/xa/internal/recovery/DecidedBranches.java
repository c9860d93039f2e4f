package dev.handfast.xa.internal.recovery;

import java.util.List;
import javax.transaction.xa.Xid;

/** The branches that the log says are to be committed, of transactions that are not live. */
@FunctionalInterface
public interface DecidedBranches {

  List<Xid> of(String resource);
}
