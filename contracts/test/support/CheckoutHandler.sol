// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowCheckout, Relay, Terms} from "../../src/interfaces/IQBitFlowCheckout.sol";
import {Deployed, ITestToken} from "./Deployed.sol";
import {Signature, Signing} from "./Signing.sol";
import {vm} from "./Vm.sol";

/// @notice Five people who pay each other in every way, and one who tries to take from them. It keeps its own ledger by
/// the fee rule of the documents; the invariants compare it with the balances.
contract CheckoutHandler {
    struct Draw {
        uint256 payer;
        uint256 merchant;
        uint256 token;
        uint256 amount;
        uint256 relayFee;
        uint16 feeBps;
        uint16 organizationFeeBps;
    }

    uint256 public constant ACTORS = 5;
    uint256 private constant SUPPLY = 1e24;
    address private constant ATTACKER = address(0xBAD);

    IQBitFlowCheckout public immutable checkout;
    /// tUSDC, tUSDT, tDAI; the native coin is number 3.
    address[4] public tokens;
    mapping(address token => mapping(address account => uint256)) public ledger;
    uint256 public payments;
    /// Calls that only a payer's fresh signature or own transaction may make succeed.
    uint256 public attacks;
    uint256 public attacksThatMovedMoney;

    address[ACTORS] private actors;
    bytes[] private usedCalls;
    uint256 private permit2Nonce;

    constructor() {
        checkout = Deployed.checkout();
        Deployed.permit2();
        tokens = [
            address(Deployed.token("TestUSDC")),
            address(Deployed.token("TestUSDT")),
            address(Deployed.token("TestDAI")),
            address(0)
        ];
        for (uint256 i = 0; i < ACTORS; i++) {
            actors[i] = vm.addr(key(i));
            vm.deal(actor(i), SUPPLY);
            ledger[address(0)][actor(i)] = SUPPLY;
            for (uint256 t = 0; t < 3; t++) {
                ITestToken(tokens[t]).mint(actor(i), SUPPLY);
                ledger[tokens[t]][actor(i)] = SUPPLY;
                vm.prank(actor(i));
                ITestToken(tokens[t]).approve(Deployed.PERMIT2, type(uint256).max);
            }
        }
    }

    function key(uint256 index) public pure returns (uint256) {
        return 0xACC0 + index % ACTORS;
    }

    function actor(uint256 index) public view returns (address) {
        return actors[index % ACTORS];
    }

    /// @notice A standing allowance for the checkout, as careless wallets leave behind.
    function approve(uint256 payer, uint256 token, uint256 amount) external {
        ITestToken chosen = ITestToken(tokens[token % 3]);
        vm.prank(actor(payer));
        chosen.approve(address(checkout), 0);
        vm.prank(actor(payer));
        chosen.approve(address(checkout), amount % 2 == 0 ? type(uint256).max : amount % SUPPLY);
    }

    function payNative(Draw calldata draw) external {
        Terms memory terms = termsOf(draw, address(0));
        vm.prank(actor(draw.payer));
        (bool success,) = address(checkout).call{value: terms.amount}(abi.encodeCall(checkout.payNative, (terms)));
        if (success) record(terms, Relay(0, address(0)), actor(draw.payer));
    }

    function payToken(Draw calldata draw) external {
        Terms memory terms = termsOf(draw, tokens[draw.token % 3]);
        vm.prank(actor(draw.payer));
        (bool success,) = address(checkout).call(abi.encodeCall(checkout.payToken, (terms)));
        if (success) record(terms, Relay(0, address(0)), actor(draw.payer));
    }

    function payWithPermit(Draw calldata draw) external {
        bool isDai = draw.token % 2 == 0;
        Terms memory terms = termsOf(draw, tokens[isDai ? 2 : 0]);
        Signature memory signature = isDai
            ? Signing.daiPermit(ITestToken(terms.token), key(draw.payer), address(checkout), terms.deadline)
            : Signing.permit(ITestToken(terms.token), key(draw.payer), address(checkout), terms.amount, terms.deadline);
        bytes memory data = isDai
            ? abi.encodeCall(checkout.payWithDaiPermit, (terms, signature.v, signature.r, signature.s))
            : abi.encodeCall(checkout.payWithPermit, (terms, signature.v, signature.r, signature.s));
        vm.prank(actor(draw.payer));
        (bool success,) = address(checkout).call(data);
        if (success) record(terms, Relay(0, address(0)), actor(draw.payer));
    }

    function payRelayed(Draw calldata draw, uint8 way) external {
        (bytes memory data, Terms memory terms, Relay memory relay) = relayed(draw, way, key(draw.payer));
        vm.prank(ATTACKER);
        (bool success,) = address(checkout).call(data);
        if (!success) return;
        record(terms, relay, actor(draw.payer));
        usedCalls.push(data);
    }

    /// @notice A signature that was used already, as it was or with one bit changed.
    function attackByReplay(uint256 index, uint256 bit) external {
        if (usedCalls.length == 0) return;
        bytes memory data = bytes.concat(usedCalls[index % usedCalls.length]);
        if (bit % 2 == 0) {
            uint256 chosen = (bit / 2) % (data.length * 8);
            data[chosen / 8] ^= bytes1(uint8(1 << (chosen % 8)));
        }
        attack(data);
    }

    /// @notice The attacker's own terms and signature, with somebody else named as payer.
    function attackByOwnSignature(Draw calldata draw, uint8 way) external {
        (bytes memory data,,) = relayed(draw, way, 0xBAD);
        attack(data);
    }

    /// @notice The attacker sends what pays from the sender's own allowance.
    function attackByOwnTransaction(Draw calldata draw) external {
        attack(abi.encodeCall(checkout.payToken, (termsOf(draw, tokens[draw.token % 3]))));
    }

    function attack(bytes memory data) private {
        uint256 before = fingerprint();
        vm.prank(ATTACKER);
        (bool success,) = address(checkout).call(data);
        attacks++;
        if (success && fingerprint() != before) attacksThatMovedMoney++;
    }

    function fingerprint() private view returns (uint256 all) {
        for (uint256 i = 0; i < ACTORS; i++) {
            for (uint256 t = 0; t < 4; t++) {
                all = uint256(keccak256(abi.encode(all, balanceOf(tokens[t], actor(i)))));
            }
        }
    }

    function balanceOf(address token, address account) public view returns (uint256) {
        return token == address(0) ? account.balance : ITestToken(token).balanceOf(account);
    }

    function relayed(Draw calldata draw, uint8 way, uint256 signer)
        private
        returns (bytes memory data, Terms memory terms, Relay memory relay)
    {
        address payer = actor(draw.payer);
        terms = termsOf(draw, tokens[way % 4 == 1 ? 2 : way % 4 == 2 ? draw.token % 3 : 0]);
        relay = Relay(draw.relayFee % 1e6, actor(draw.relayFee));
        ITestToken token = ITestToken(terms.token);
        uint256 commitment = uint256(Signing.gaslessHash(terms, relay));
        if (way % 4 == 0) {
            Signature memory permit =
                Signing.permit(token, signer, address(checkout), terms.amount + relay.fee, commitment);
            data = abi.encodeCall(checkout.payWithPermitRelayed, (terms, relay, payer, permit.v, permit.r, permit.s));
        } else if (way % 4 == 1) {
            Signature memory permit = Signing.daiPermit(token, signer, address(checkout), commitment);
            data = abi.encodeCall(checkout.payWithDaiPermitRelayed, (terms, relay, payer, permit.v, permit.r, permit.s));
        } else if (way % 4 == 2) {
            uint256 nonce = permit2Nonce++;
            bytes memory signature =
                Signing.permit2(signer, address(checkout), terms, relay, parts(terms, relay), nonce);
            data = abi.encodeCall(checkout.payWithPermit2, (terms, relay, payer, nonce, signature));
        } else {
            bytes memory signature = Signing.authorization(token, signer, payer, address(checkout), terms, relay);
            data = abi.encodeCall(checkout.payWithAuthorization, (terms, relay, payer, signature));
        }
    }

    function parts(Terms memory terms, Relay memory relay) private pure returns (uint256[] memory amounts) {
        (uint256 rest, uint256 fee, uint256 organizationFee) = split(terms);
        uint256[4] memory all = [rest, fee, organizationFee, relay.fee];
        amounts = new uint256[](4);
        uint256 count;
        for (uint256 i = 0; i < 4; i++) {
            if (all[i] > 0) amounts[count++] = all[i];
        }
        assembly ("memory-safe") {
            mstore(amounts, count)
        }
    }

    /// @notice Amounts from 1 unit to more than anybody has, fees from none to just above what is allowed.
    function termsOf(Draw calldata draw, address token) private view returns (Terms memory) {
        return Terms({
            uuid: bytes16(keccak256(abi.encode(draw.amount))),
            merchant: actor(draw.merchant),
            token: token,
            amount: 1 + draw.amount % (draw.amount % 16 == 0 ? SUPPLY * 2 : 1e12),
            feeRecipient: actor(draw.merchant / 7),
            feeBps: draw.feeBps % 1010,
            organization: actor(draw.merchant / 11),
            organizationFeeBps: draw.organizationFeeBps % 1010,
            deadline: uint64(block.timestamp + 60)
        });
    }

    function split(Terms memory terms) private pure returns (uint256 rest, uint256 fee, uint256 organizationFee) {
        fee = terms.amount * terms.feeBps / 10_000;
        organizationFee = (terms.amount - fee) * terms.organizationFeeBps / 10_000;
        rest = terms.amount - fee - organizationFee;
    }

    function record(Terms memory terms, Relay memory relay, address payer) private {
        (uint256 rest, uint256 fee, uint256 organizationFee) = split(terms);
        ledger[terms.token][terms.merchant] += rest;
        ledger[terms.token][terms.feeRecipient] += fee;
        ledger[terms.token][terms.organization] += organizationFee;
        if (relay.fee != 0) ledger[terms.token][relay.recipient] += relay.fee;
        // Last, as who pays himself needs to have no more than the largest part.
        ledger[terms.token][payer] -= terms.amount + relay.fee;
        payments++;
    }
}
