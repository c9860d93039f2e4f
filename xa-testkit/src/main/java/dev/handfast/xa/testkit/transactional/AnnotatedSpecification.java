package dev.handfast.xa.testkit.transactional;

import dev.handfast.xa.testkit.transactional.CaseMethods.Work;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.SQLException;
import java.sql.SQLWarning;

/** Methods that are annotated as the specification's own examples are; the class is NEVER. */
@Transactional(TxType.NEVER)
public class AnnotatedSpecification implements SpecificationMethods {

  /** For a container. */
  public AnnotatedSpecification() {}

  @Override
  public void ofTheClass(Work work) throws Throwable {
    work.run();
  }

  @Override
  @Transactional
  public void byDefault(Work work) throws Throwable {
    work.run();
  }

  @Override
  @Transactional(rollbackOn = Exception.class)
  public void allRollBack(Work work) throws Throwable {
    work.run();
  }

  @Override
  @Transactional(dontRollbackOn = IllegalStateException.class)
  public void sparesIllegalStates(Work work) throws Throwable {
    work.run();
  }

  @Override
  @Transactional(rollbackOn = SQLException.class, dontRollbackOn = SQLWarning.class)
  public void sparesWarnings(Work work) throws Throwable {
    work.run();
  }
}
