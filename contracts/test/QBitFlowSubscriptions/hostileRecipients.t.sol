// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ChargeFailure,
    ChargeGroup,
    IQBitFlowSubscriptions,
    Mandate,
    MandateStatus,
    SingleCharge
} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Forwarder} from "../mocks/Forwarder.sol";
import {GasBurningRegistry} from "../mocks/HostileRegistries.sol";
import {CallingToken} from "../mocks/SubscriptionTokens.sol";
import {ITestToken} from "../support/Deployed.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice A token that calls those who give and receive, and what they do then.
contract HostileRecipientsTest is SubscriptionsTest {
    ITestToken private token;
    Forwarder private hostile;

    function setUp() public override {
        super.setUp();
        token = ITestToken(address(new CallingToken()));
        hostile = new Forwarder();
        registry.setExecutor(address(hostile), true);
    }

    function test_who_is_called_in_the_middle_of_a_charge_does_not_charge_it_again() public {
        Mandate memory terms = paying(address(hostile));
        hostile.prepare(address(subscriptions), abi.encodeCall(subscriptions.charge, (terms, chargeOf(0, PRICE))));
        chargeAs(executor, terms, chargeOf(0, PRICE));
        refusedInside(IQBitFlowSubscriptions.ChargeRefused.selector);
        vm.assertEq(token.balanceOf(terms.subscriber), 1_000e6 - PRICE, "once");
    }

    function test_who_is_called_in_the_middle_of_a_charge_cannot_take_the_next_period() public {
        Mandate memory terms = paying(address(hostile));
        hostile.prepare(address(subscriptions), abi.encodeCall(subscriptions.charge, (terms, chargeOf(1, PRICE))));
        chargeAs(executor, terms, chargeOf(0, PRICE));
        refusedInside(IQBitFlowSubscriptions.ChargeRefused.selector);
    }

    function test_a_group_inside_a_single_charge_pays_to_the_unit() public {
        Mandate memory outer = paying(address(hostile));
        Mandate[] memory all = new Mandate[](1);
        all[0] = activatedBy(0x5001, mandate(), token);
        hostile.prepare(
            address(subscriptions), abi.encodeCall(subscriptions.chargeGroup, (groupOf(all), GAS_PER_TRANSFER))
        );
        chargeAs(executor, outer, chargeOf(0, PRICE));
        vm.assertTrue(hostile.succeeded(), "another mandate's charge may pass");
        vm.assertEq(token.balanceOf(merchant), 24_255_000, "and pays its own merchant");
        vm.assertEq(token.balanceOf(address(hostile)), 24_255_000, "as does the outer one");
        vm.assertEq(token.balanceOf(address(subscriptions)), 0, "nothing stays");
    }

    /// @dev While a group's money lies in the contract, nothing that writes or pays can be entered.
    function test_from_within_a_group_every_door_is_closed() public {
        Mandate memory other = activatedBy(0x5009, mandate(), token);
        Mandate[] memory all = new Mandate[](1);
        all[0] = other;
        ChargeGroup[] memory groups = new ChargeGroup[](1);
        groups[0] = groupOf(all);
        Mandate memory own = mandate();
        own.subscriber = address(hostile);
        bytes memory none;
        bytes[9] memory doors = [
            abi.encodeCall(subscriptions.charge, (other, chargeOf(0, PRICE))),
            abi.encodeCall(subscriptions.chargeGroup, (groups[0], GAS_PER_TRANSFER)),
            abi.encodeCall(subscriptions.chargeBatch, (groups, noSingles(), GAS_PER_TRANSFER)),
            abi.encodeCall(subscriptions.cancelFor, (other)),
            abi.encodeCall(subscriptions.cancel, (headOf(own), planHashOf(own))),
            abi.encodeCall(subscriptions.setMaximum, (headOf(own), planHashOf(own), 1)),
            abi.encodeCall(subscriptions.stop, (own)),
            abi.encodeCall(subscriptions.cancelSigned, (headOf(own), planHashOf(own), NOW, none)),
            abi.encodeCall(subscriptions.stopSigned, (own, NOW, none))
        ];
        for (uint256 i = 0; i < doors.length; i++) {
            hostile.prepare(address(subscriptions), doors[i]);
            Mandate[] memory victims = new Mandate[](1);
            Mandate memory terms = mandate();
            (terms.nonce, terms.plan.merchant) = (100 + i, address(hostile));
            victims[0] = activatedBy(0x5001, terms, token);
            vm.prank(executor);
            subscriptions.chargeGroup(groupOf(victims), 1_500_000);
            refusedInside(IQBitFlowSubscriptions.Reentered.selector);
            vm.assertEq(token.balanceOf(address(hostile)), (i + 1) * 24_255_000, "the group itself is paid");
        }
        assertStatus(other, MandateStatus.Active, "nobody else is touched");
    }

    /// @dev A smart wallet that cancels while it pays: what was taken is taken, and nothing after it.
    function test_a_subscriber_who_cancels_in_the_middle_of_his_charge_has_cancelled() public {
        Mandate memory terms = mandate();
        (terms.subscriber, terms.plan.token) = (address(new CancellingWallet()), address(token));
        subscriptions.activate(terms, "");
        token.mint(terms.subscriber, 1_000e6);
        CancellingWallet(terms.subscriber)
            .prepare(
                address(token),
                address(subscriptions),
                abi.encodeCall(subscriptions.cancel, (headOf(terms), planHashOf(terms)))
            );
        chargeAs(executor, terms, chargeOf(0, PRICE));
        assertStatus(terms, MandateStatus.Cancelled, "it stays so after the charge");
        assertPaidOut(token, 1);
        vm.warp(NOW + 31 days);
        expectRefused(terms, ChargeFailure.Cancelled);
        chargeAs(executor, terms, chargeOf(1, PRICE));
    }

    function test_a_recipient_that_reverts_or_burns_gas_fails_his_own_group_only() public {
        ChargeGroup[] memory groups = new ChargeGroup[](3);
        groups[0] = groupFor(address(new RevertingAccount()), 0x5000);
        groups[1] = groupFor(address(new GasBurningRegistry()), 0x5001);
        groups[2] = groupFor(merchant, 0x5002);
        for (uint256 i = 0; i < 2; i++) {
            bytes memory reason = abi.encodeWithSelector(
                IQBitFlowSubscriptions.PayoutFailed.selector, address(token), groups[i].plan.merchant, 24_255_000
            );
            expectGroupFailed(groups[i].plan, i, reason);
        }
        vm.prank(executor);
        subscriptions.chargeBatch{gas: 4_000_000}(groups, noSingles(), GAS_PER_TRANSFER);
        assertPaidOut(token, 1);
    }

    function test_a_recipient_that_reverts_or_burns_gas_fails_his_own_single_only() public {
        SingleCharge[] memory singles = new SingleCharge[](3);
        singles[0] = SingleCharge(paying(address(new RevertingAccount())), chargeOf(0, PRICE));
        singles[1] = SingleCharge(paying(address(new GasBurningRegistry())), chargeOf(0, PRICE));
        singles[2] = SingleCharge(activatedBy(0x5002, mandate(), token), chargeOf(0, PRICE));
        expectFailed(singles[0].mandate, 0, ChargeFailure.TokenRefused);
        expectFailed(singles[1].mandate, 0, ChargeFailure.TokenRefused);
        expectCharged(singles[2].mandate, 0, PRICE);
        vm.prank(executor);
        subscriptions.chargeBatch{gas: 4_000_000}(noGroups(), singles, GAS_PER_TRANSFER);
        assertPaidOut(token, 1);
    }

    function paying(address recipient) private returns (Mandate memory) {
        Mandate memory terms = mandate();
        terms.plan.merchant = recipient;
        return activatedBy(0x5000, terms, token);
    }

    function groupFor(address recipient, uint256 key) private returns (ChargeGroup memory) {
        Mandate memory terms = mandate();
        terms.plan.merchant = recipient;
        Mandate[] memory all = new Mandate[](1);
        all[0] = activatedBy(key, terms, token);
        return groupOf(all);
    }

    function refusedInside(bytes4 reason) private view {
        vm.assertTrue(hostile.called(), "it was called");
        vm.assertTrue(!hostile.succeeded(), "what it tried failed");
        vm.assertEq(bytes32(bytes4(hostile.answer())), bytes32(reason), "for this reason");
    }
}

contract RevertingAccount {
    fallback() external {
        revert("no");
    }
}

/// @notice Takes any signature; makes one call the next time that a token calls it.
contract CancellingWallet {
    address private target;
    bytes private data;

    function prepare(address token, address newTarget, bytes calldata newData) external {
        ITestToken(token).approve(newTarget, type(uint256).max);
        (target, data) = (newTarget, newData);
    }

    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return 0x1626ba7e;
    }

    fallback() external {
        if (target == address(0)) return;
        address once = target;
        target = address(0);
        (bool success,) = once.call(data);
        require(success, "not cancelled");
    }
}
